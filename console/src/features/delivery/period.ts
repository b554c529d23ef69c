/** Hours that the figures of the page go back. */
export const periods = ['1', '24', '168', '720'] as const
export type Period = (typeof periods)[number]
