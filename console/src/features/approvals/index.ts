export { OperatorApprovals } from './approval-list.tsx'
