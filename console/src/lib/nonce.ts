/** The nonce of this page, which every style element written later must carry. */
export const readNonce = (): string =>
  document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? ''

/** The scroll lock under dialogues (react-remove-scroll) looks for its nonce here. */
export const shareNonce = (): void => {
  Object.assign(globalThis, { __webpack_nonce__: readNonce() })
}
