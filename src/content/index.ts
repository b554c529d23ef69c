export { type Compiled, type CompiledEmail, type ContentFault, compileEmail } from './email/compile.ts'
export type { ContactValues, Surroundings } from './email/data.ts'
export { type DkimAlgorithm, type DkimKey, makeDkimSigner } from './email/dkim/signer.ts'
export { findHtmlDangers, findHtmlWarnings } from './email/judge.ts'
export { type ComposeMime, compileMime } from './email/mime/compose.ts'
export { composeMime, type MimeParts } from './email/mime.ts'
export { type EmailRendering, type RenderedEmail, renderEmail, renderParts } from './email/render.ts'
export {
  makeReturnPathToken,
  makeUnsubscribeToken,
  openReturnPathToken,
  openUnsubscribeToken,
  type ReturnPath,
} from './return-path.ts'
export {
  type LinkKind,
  type LinkOrigin,
  type LinkToken,
  makeRecipientLinks,
  openLinkToken,
  type RecipientLinks,
} from './tokens.ts'
