import type { QueryClient } from '@tanstack/react-query'
import type { ComponentType } from 'react'
import type { PermissionKey } from '../../../src/http/permissions/contract.ts'
import type { TextKey } from '../i18n/catalogue.ts'

/** One page of the console. */
export type PageRoute = {
  /** Parameters as `$id`: `/contacts/$id`. */
  readonly path: `/${string}`
  /** The page's own bundle: `() => import('./contact-list.tsx').then((m) => m.ContactList)`. */
  readonly load: () => Promise<ComponentType>
  /** Without it the page is a 403; left out, every signed-in person may open it. */
  readonly permission?: PermissionKey
  /** Staff of the instance may open it too, though their session lacks the permission. */
  readonly orStaff?: true
  /** Starts the reads of the page when a link to it is hovered; never awaited. */
  readonly prefetch?: (client: QueryClient, params: Readonly<Record<string, string>>) => unknown
  /** Without menu and without sign-in (sign-in page, set-up). */
  readonly bare?: true
}

export type SearchHit = {
  readonly id: string
  readonly title: string
  readonly note?: string
  readonly to: string
}

/** A source of the search palette beside the pages. */
export type SearchSource = {
  readonly id: string
  readonly heading: TextKey
  readonly permission: PermissionKey
  readonly find: (query: string, signal: AbortSignal) => Promise<readonly SearchHit[]>
}

/** What a folder of `features/` gives to the shell. */
export type Feature = {
  readonly pages: readonly PageRoute[]
  readonly search?: readonly SearchSource[]
}
