export const OwnSignInPage = () => null
