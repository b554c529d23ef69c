type Texts = { readonly title: string; readonly detail?: string }
export type ProblemTexts = Readonly<
  Record<string, { readonly en: Texts; readonly pl: Texts; readonly de: Texts }>
>

/** What people read for each code (specification api.md part D). */
export const problemTexts: ProblemTexts = {
  sign_in_refused: {
    en: {
      title: 'Sign-in refused',
      detail: 'The data are wrong, or this network is not authorised for the account.',
    },
    pl: {
      title: 'Logowanie odrzucone',
      detail: 'Dane są nieprawidłowe albo ta sieć nie jest dopuszczona dla tego konta.',
    },
    de: {
      title: 'Anmeldung abgelehnt',
      detail: 'Die Angaben sind falsch, oder dieses Netz ist für das Konto nicht zugelassen.',
    },
  },
}
