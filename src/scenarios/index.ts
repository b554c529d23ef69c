export { sendBack } from './send-back.ts'
