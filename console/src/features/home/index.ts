export { DemoData } from './demo-data.tsx'
