export { noteWrongPassword } from './spray.ts'
export {
  addressLimits,
  refundSignIn,
  refundSignInLogin,
  refundVerify,
  spendAddress,
  spendSignIn,
  spendVerify,
  type Try,
} from './throttle.ts'
