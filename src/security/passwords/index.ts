export { acceptPassword, lengthMinOf } from './accept.ts'
export { rehashIfOld } from './rehash.ts'
export { checkPassword, type PasswordContext, passwordLengthMin } from './rules.ts'
export { fitsSealedPassword, isGe15, makeSealedPassword } from './sealed-password.ts'
