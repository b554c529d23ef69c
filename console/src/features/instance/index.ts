export { OperatorAccessSection } from './operator-access-section.tsx'
