export {
  type LinkKind,
  type LinkOrigin,
  type LinkToken,
  makeRecipientLinks,
  openLinkToken,
  type RecipientLinks,
} from './tokens.ts'
