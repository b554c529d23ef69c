/**
 * Places at receiving sites: each open connection holds one. The default counts within the process; several processes
 * are given one that counts for all of them.
 */
export type Places = {
  /** A place held until it is given back; null while all are taken. */
  take(at: PlaceAt): Promise<(() => Promise<void>) | null>
}
export type PlaceAt = {
  readonly accountId: string
  readonly providerId: string
  readonly site: string
  readonly placesMax: number
}

export const placesOfProcess = (): Places => {
  const taken = new Map<string, number>()
  return {
    take: async ({ accountId, providerId, site, placesMax }) => {
      const key = JSON.stringify([accountId, providerId, site])
      const count = taken.get(key) ?? 0
      if (count >= placesMax) return null
      taken.set(key, count + 1)
      let held = true
      return async () => {
        if (!held) return
        held = false
        const left = (taken.get(key) ?? 1) - 1
        if (left > 0) taken.set(key, left)
        else taken.delete(key)
      }
    },
  }
}
