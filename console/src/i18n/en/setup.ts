export const setup = {
  title: 'Set up Campanile',
  step: 'Step {step} of {steps}',
  'welcome-title': 'Welcome to Campanile',
  'welcome-text':
    'Four short steps: a person who looks after this installation and the protection of their sign-in, your account with its owner, and, if you like, sample data to look around. It takes three minutes.',
  'public-url': 'Public address',
  'public-url-text':
    'The console answers at this address. Links in messages and previews have an address of their own, which your recipients must be able to reach.',
  'public-url-change':
    'To change them, stop the server and start it with both variables; the second must be another host:',
  'public-url-later': 'You can do this now or at any time later. To look around, the address above is fine.',
  begin: 'Begin',
  'staff-title': 'Who looks after this installation?',
  'staff-text':
    'The staff user sees the instance, not your contacts and campaigns. You rarely need this sign-in, so keep it apart from your daily one.',
  'account-title': 'Your account and its owner',
  'account-text':
    'The account is your own space: contacts, campaigns, reports. Its owner may do everything in it. This is the sign-in for every day.',
  'account-name': 'Name of the account',
  'account-name-hint': 'Usually the name of your company',
  'first-name': 'First name',
  'last-name': 'Last name',
  email: 'E-mail',
  login: 'Login',
  'login-staff-hint': 'For example admin',
  'login-owner-hint': 'Left empty, the e-mail address is the login',
  password: 'Password',
  'owner-heading': 'Owner',
  'same-person': 'Take over name and e-mail from the step before',
  'last-title': 'Ready',
  'last-text': 'Look it over, then make it so.',
  demo: 'Add sample data',
  'demo-text':
    '200 invented people, three groups and one finished campaign, so that lists and reports have something to show. You can remove all of it with one click.',
  'summary-staff': 'Staff user',
  'summary-account': 'Account',
  'summary-owner': 'Owner',
  'signs-in-as': 'signs in as {login}',
  finish: 'Set up Campanile',
  'no-token-title': 'The one-time link is needed',
  'no-token-text':
    'The server prints a link on its terminal at every start until set-up is done. Open that link; it is valid for 60 minutes.',
  'refused-title': 'This link no longer works',
  'refused-text':
    'It is older than 60 minutes, or the server was started again and printed a newer one. Start the server again and open the link it prints.',
  'done-title': 'Set-up is finished',
  'done-text': 'Somebody has already set up this installation.',
  'to-sign-in': 'Go to the sign-in page',
  'app-title': 'Protect this sign-in',
  'app-text':
    'The staff user reaches every account, so a password alone is not enough. Scan the picture with an authenticator app and type the six digits it shows.',
  'app-code': 'Code from the app',
  'app-later': 'On this machine alone you may leave it empty and do it later; a reminder stays until then.',
  restrict: 'Restrict sign-in to the address you are on ({address})',
  'restrict-text':
    'Nobody signs in to the account from anywhere else. More addresses can be added at any time under Account, Settings, Security.',
  'restrict-private_address':
    'Not possible here: your address is one of a private network, which many places share.',
  'restrict-bad_address': 'Not possible here: the server cannot tell your address. Look at TRUSTED_PROXIES.',
  'restrict-other': 'Not possible here: your address cannot stand in a list.',
  grant: 'Allow multi-factor authentication in this account',
  'grant-text':
    'Its administrators can then ask everybody for a second factor: an app, a passkey, a code by e-mail or SMS.',
} as const
