export { PermissionTree } from './permission-tree.tsx'
export { RoleField } from './role-field.tsx'
