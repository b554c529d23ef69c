/**
 * Stands in for TypeBox in the bundle (vite.config.ts). Of a contract the browser needs method and path; the schemas
 * are for the server and for types, which the compiler takes from the real library. Whatever a contract does with a
 * schema gives the same nothing. Saves 20 kB of the first load.
 */
const nothing: unknown = new Proxy(() => undefined, {
  get: (_, key) => (key === Symbol.toPrimitive ? () => '' : nothing),
  apply: () => nothing,
})

// biome-ignore lint/style/noDefaultExport: it takes the place of a default export.
export default nothing
