export { isSprayed, noteWrongPassword } from './spray.ts'
export {
  refundSignIn,
  refundSignInLogin,
  refundVerify,
  spendAddress,
  spendSignIn,
  spendVerify,
  type Try,
} from './throttle.ts'
