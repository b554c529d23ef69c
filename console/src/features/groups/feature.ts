import { getGroup, listGroups } from '../../../../src/contacts/groups/contract.ts'
import type { Feature, SearchHit } from '../../app/feature.ts'
import { call } from '../../lib/call.ts'
import { read } from '../../lib/queries.ts'

const loadList = () => import('./group-list-page.tsx').then((m) => m.GroupListPage)

const findGroups = async (query: string, signal: AbortSignal): Promise<readonly SearchHit[]> => {
  const page = await call(listGroups, { query: { q: query, limit: 6 }, signal })
  return page.data.map((group) => ({
    id: group.id,
    title: group.name,
    to: `/contacts/groups/${group.id}`,
  }))
}

export const groups: Feature = {
  pages: [
    { path: '/contacts/groups', permission: 'contacts.groups.view', load: loadList },
    { path: '/contacts/groups/archive', permission: 'contacts.groups.view', load: loadList },
    {
      path: '/contacts/groups/$id',
      permission: 'contacts.groups.view',
      load: () => import('./group-page.tsx').then((m) => m.GroupPage),
      prefetch: (client, params) =>
        client.prefetchQuery(read(getGroup, { params: { id: params['id'] ?? '' } })),
    },
  ],
  search: [{ id: 'groups', heading: 'menu.groups', permission: 'contacts.groups.view', find: findGroups }],
}
