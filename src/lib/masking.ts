const stars = '***'

/** `j***@e***.com`: enough to know the own address again, too little to write to it (security.md §3.2). */
export const maskEmail = (address: string): string => {
  const at = address.lastIndexOf('@')
  const domain = address.slice(at + 1)
  const end = domain.lastIndexOf('.')
  const first = (text: string): string => [...text][0] ?? ''
  return `${first(address.slice(0, Math.max(at, 0)))}${stars}@${first(domain)}${stars}${end > 0 ? domain.slice(end) : ''}`
}

/** `+48 *** *** *12`: the owner knows it again, nobody else can dial it (security.md §3.2). */
export const maskPhone = (phone: string): string => `${phone.slice(0, 3)} *** *** *${phone.slice(-2)}`
