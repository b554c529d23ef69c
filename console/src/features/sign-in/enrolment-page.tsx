import { useLinkToken } from './link-token.ts'
import { SignIn } from './sign-in-page.tsx'

/** Behind the mailed link: it belongs to the person, so login and password are asked in whichever browser it is opened. */
export const EnrolmentPage = () => <SignIn token={useLinkToken()} />
