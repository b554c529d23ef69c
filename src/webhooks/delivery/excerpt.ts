const excerptBytesMax = 1_024
/** Enough to hide credentials that begin before the cut and end behind it. */
const readBytesMax = 8_192

/** The first KiB of an answer as text, without what an unkind or careless receiver repeats of the credentials. */
export const excerptOf = (body: Buffer, hidden: readonly string[]): string => {
  const whole = new TextDecoder().decode(body.subarray(0, readBytesMax)).replaceAll('\u0000', '\ufffd')
  const safe = hidden.reduce((text, secret) => (secret ? text.replaceAll(secret, '***') : text), whole)
  // A character cut in two would grow to a replacement sign and pass the limit; `stream` leaves it out.
  return new TextDecoder().decode(Buffer.from(safe).subarray(0, excerptBytesMax), { stream: true })
}
