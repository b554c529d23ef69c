/**
 * The content security policy demands trusted types. Style sheets reach the page as text through the component
 * library; markup and script never do, so the one policy lets pass only what cannot be markup.
 */
type Policy = { createHTML: (text: string) => string }
type Factory = { createPolicy: (name: string, policy: Policy) => unknown }

const factory = (globalThis as { trustedTypes?: Factory }).trustedTypes
factory?.createPolicy('default', {
  createHTML: (text) => {
    if (text.includes('<')) throw new TypeError('Markup may not be written into the page.')
    return text
  },
})
