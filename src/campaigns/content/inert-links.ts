import type { RecipientLinks } from '../../content/index.ts'
import type { Deps } from '../../http/deps.ts'

/** Links for eyes alone: they look real, belong to nobody and end on the page for invalid links. */
export const inertLinks = ({ config }: Pick<Deps, 'config'>): RecipientLinks => ({
  openPixelUrl: `${config.contentUrl}/o/preview.gif`,
  unsubscribeUrl: `${config.contentUrl}/u/preview`,
  webVersionUrl: `${config.contentUrl}/v/preview`,
  clickUrl: () => `${config.contentUrl}/c/preview`,
})
