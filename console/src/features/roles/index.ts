export { PermissionTree } from './permission-tree.tsx'
