import Type, { type Static } from 'typebox'
import { Count, Id, IdParams, NoContent, Nullable, Obj, Page, pageQuery, route } from '../../http/contract.ts'

export const Role = Obj({
  id: Id,
  name: Type.String(),
  built_in: Type.Boolean(),
  key: Nullable(Type.String({ description: 'Key of a built-in role, for example `campaign_manager`' })),
  permissions: Type.Array(Type.String()),
  users: Count,
  version: Type.Integer(),
})
export type Role = Static<typeof Role>

const Name = Type.String({ minLength: 2, maxLength: 60 })
const Permissions = Type.Array(Type.String({ minLength: 1, maxLength: 80 }), {
  maxItems: 300,
  uniqueItems: true,
})

export const listPermissions = route({
  method: 'GET',
  path: '/permissions',
  summary: 'Every permission key in the caller’s language, and whether the caller may grant it',
  tag: 'Roles',
  access: 'session',
  reply: {
    200: Obj({
      data: Type.Array(
        Obj({
          key: Type.String(),
          area: Type.String(),
          area_label: Type.String(),
          node: Type.String(),
          node_label: Type.String(),
          leaf_label: Type.String(),
          label: Type.String(),
          grantable: Type.Boolean(),
        }),
      ),
      next_cursor: Type.Null(),
      has_more: Type.Boolean(),
    }),
  },
})
export const listRoles = route({
  method: 'GET',
  path: '/roles',
  summary: 'Built-in and own roles',
  tag: 'Roles',
  access: 'account.roles.view',
  query: Obj({ ...pageQuery }),
  reply: { 200: Page(Role) },
})
export const getRole = route({
  method: 'GET',
  path: '/roles/{id}',
  summary: 'One role',
  tag: 'Roles',
  access: 'account.roles.view',
  params: IdParams,
  reply: { 200: Role },
})
export const createRole = route({
  method: 'POST',
  path: '/roles',
  summary: 'Make an own role',
  tag: 'Roles',
  access: 'account.roles.manage',
  records: ['role.created'],
  stepUp: 'general',
  body: Obj({ name: Name, permissions: Permissions }),
  reply: { 201: Role },
  problems: ['escalation_refused', 'name_taken', 'unknown_permission', 'limit_reached'],
})
export const changeRole = route({
  method: 'PATCH',
  path: '/roles/{id}',
  summary: 'Change an own role; whoever gains by it signs in anew',
  tag: 'Roles',
  access: 'account.roles.manage',
  records: ['role.changed'],
  stepUp: 'general',
  ifMatch: 'optional',
  params: IdParams,
  body: Obj({ name: Type.Optional(Name), permissions: Type.Optional(Permissions) }),
  reply: { 200: Role },
  problems: ['escalation_refused', 'built_in', 'name_taken', 'unknown_permission'],
})
export const deleteRole = route({
  method: 'DELETE',
  path: '/roles/{id}',
  summary: 'Delete an own role that nobody holds',
  tag: 'Roles',
  access: 'account.roles.manage',
  records: ['role.deleted'],
  stepUp: 'general',
  params: IdParams,
  reply: { 204: NoContent },
  problems: ['built_in', 'role_in_use'],
})
