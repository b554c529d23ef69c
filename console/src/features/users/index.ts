export { nameOf, roleName } from './names.ts'
