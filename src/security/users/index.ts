export { findUser, type UserRow } from '../queries.ts'
export { administratorsOf, findRights, listRights, type Rights } from '../roles/grants.ts'
