import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router'
import type { Session } from '../../../src/security/contract.ts'
import { installDoors } from '../lib/call.ts'
import { isProblem } from '../lib/problem.ts'
import { sessionQuery } from '../lib/session.ts'
import { PageSkeleton } from '../ui/skeletons.tsx'
import type { PageRoute } from './feature.ts'
import { features } from './features.ts'
import { CrashPage, Forbidden, NotFoundPage } from './lost-pages.tsx'
import { parseSearch, stringifySearch } from './search-params.ts'

const root = createRootRouteWithContext<{ client: QueryClient }>()({
  component: Outlet,
  notFoundComponent: NotFoundPage,
})

const bare = createRoute({ getParentRoute: () => root, id: 'bare', component: Outlet })

const framed = createRoute({
  getParentRoute: () => root,
  id: 'framed',
  // Comes together with the first page, so that the sign-in page need not wait for it.
  component: lazyRouteComponent(() => import('./frame/frame.tsx'), 'Frame'),
  beforeLoad: async ({ context, location }): Promise<{ session: Session }> => {
    try {
      return { session: await context.client.ensureQueryData(sessionQuery) }
    } catch (error) {
      if (!isProblem(error, 'unauthenticated')) throw error
      const next = location.href === '/' ? {} : { next: location.href }
      throw redirect({ to: '/sign-in', search: next })
    }
  },
})

const bareRoute = (page: PageRoute) =>
  createRoute({
    getParentRoute: () => bare,
    path: page.path,
    component: lazyRouteComponent(async () => ({ default: await page.load() })),
  })

const framedRoute = (page: PageRoute) =>
  createRoute({
    getParentRoute: () => framed,
    path: page.path,
    component: lazyRouteComponent(async () => ({ default: await page.load() })),
    beforeLoad: ({ context }) => {
      const { permission, orStaff } = page
      const { permissions, account } = context.session
      if (permission === undefined || permissions.includes(permission)) return
      if (orStaff !== true || account.kind !== 'operator') throw new Forbidden(permission)
    },
    loader: ({ context, params }) => {
      page.prefetch?.(context.client, params as Record<string, string>)
    },
  })

/** Unknown addresses keep the frame around them, once somebody is signed in. */
const anythingElse = createRoute({ getParentRoute: () => framed, path: '$', component: NotFoundPage })

const pages = features.flatMap((feature) => feature.pages)
const tree = root.addChildren([
  bare.addChildren(pages.filter((page) => page.bare === true).map(bareRoute)),
  framed.addChildren([...pages.filter((page) => page.bare !== true).map(framedRoute), anythingElse]),
])

export const makeRouter = (client: QueryClient) => {
  const router = createRouter({
    routeTree: tree,
    context: { client },
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    defaultPendingComponent: PageSkeleton,
    defaultPendingMs: 200,
    defaultErrorComponent: CrashPage,
    defaultNotFoundComponent: NotFoundPage,
    scrollRestoration: true,
    parseSearch,
    stringifySearch,
  })
  installDoors({
    signedOut: () => {
      client.removeQueries({ queryKey: sessionQuery.queryKey })
      const { href, pathname } = router.state.location
      if (pathname !== '/sign-in') void router.navigate({ to: '/sign-in', search: { next: href } as never })
    },
  })
  return router
}
