import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser'

// Loaded when somebody needs it: most people never do.
const library = () => import('@simplewebauthn/browser')

export const passkeysSupported = (): boolean => typeof window.PublicKeyCredential === 'function'

/** Browsers that offer passkeys in the list of the login field. */
export const passkeysInFieldSupported = async (): Promise<boolean> =>
  passkeysSupported() && (await (await library()).browserSupportsWebAuthnAutofill())

/** Asks the browser to answer the server's question; throws when the person declines. */
export const answerPasskey = async (options: object, inField = false): Promise<Record<string, unknown>> => {
  const { startAuthentication } = await library()
  const optionsJSON = options as PublicKeyCredentialRequestOptionsJSON
  const answer = await startAuthentication({ optionsJSON, useBrowserAutofill: inField })
  return answer as unknown as Record<string, unknown>
}

/** Ends a question that still waits in the login field. */
export const stopPasskey = async (): Promise<void> => (await library()).WebAuthnAbortService.cancelCeremony()

/** Makes a passkey on this device or another; throws when the person declines. */
export const makePasskey = async (options: object): Promise<Record<string, unknown>> => {
  const { startRegistration } = await library()
  const made = await startRegistration({ optionsJSON: options as PublicKeyCredentialCreationOptionsJSON })
  return made as unknown as Record<string, unknown>
}
