export const scopeAreas = ['email', 'sms', 'push', 'rcs', 'contacts'] as const
export type ScopeArea = (typeof scopeAreas)[number]

/** Area → ids; an area without an entry is not narrowed. */
export type Scopes = Readonly<Partial<Record<ScopeArea, readonly string[]>>>
