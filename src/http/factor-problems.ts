type Words = readonly [title: string, detail: string]

/** What is said about second factors and second persons, in English, Polish and German (security.md §3, account.md §6). */
export const factorProblems: Readonly<Record<string, readonly [en: Words, pl: Words, de: Words]>> = {
  already_pending: [
    ['A request is already open', 'For this object somebody has asked before; it waits for a decision.'],
    ['Wniosek już istnieje', 'Ktoś już o to wnioskował; wniosek czeka na decyzję.'],
    [
      'Ein Antrag ist bereits offen',
      'Dafür wurde schon ein Antrag gestellt; er wartet auf eine Entscheidung.',
    ],
  ],
  approval_expired: [
    ['The request has expired', 'Nobody decided within 72 hours. It can be made again.'],
    ['Wniosek wygasł', 'Nikt nie podjął decyzji w ciągu 72 godzin. Można złożyć go ponownie.'],
    [
      'Der Antrag ist abgelaufen',
      'Niemand hat innerhalb von 72 Stunden entschieden. Er kann neu gestellt werden.',
    ],
  ],
  below_floor: [
    [
      'Less than your operator demands',
      'The operator of this installation asks for more than this setting gives.',
    ],
    ['Mniej, niż wymaga operator', 'Operator tej instalacji wymaga więcej, niż daje to ustawienie.'],
    [
      'Weniger, als Ihr Betreiber verlangt',
      'Der Betreiber dieser Installation verlangt mehr, als diese Einstellung gibt.',
    ],
  ],
  credential_refused: [
    [
      'The passkey was refused',
      'It does not belong to this page, was not confirmed by PIN or fingerprint, or is bound already.',
    ],
    [
      'Klucz dostępu odrzucony',
      'Nie należy do tej strony, nie potwierdzono go PIN-em lub odciskiem palca albo jest już przypisany.',
    ],
    [
      'Der Passkey wurde abgelehnt',
      'Er gehört nicht zu dieser Seite, wurde nicht mit PIN oder Fingerabdruck bestätigt oder ist schon vergeben.',
    ],
  ],
  enrol_yourself_first: [
    [
      'Protect your own sign-in first',
      'You would not meet this requirement yourself. Add a factor under My profile, then try again.',
    ],
    [
      'Najpierw zabezpiecz własne logowanie',
      'Sam nie spełniasz tego wymagania. Dodaj składnik w sekcji Mój profil i spróbuj ponownie.',
    ],
    [
      'Schützen Sie zuerst Ihre eigene Anmeldung',
      'Sie selbst erfüllten diese Anforderung nicht. Fügen Sie unter Mein Profil einen Faktor hinzu.',
    ],
  ],
  factor_exists: [
    ['You have this one already', 'Remove the present one first, then add the new one.'],
    ['Już go masz', 'Najpierw usuń obecny, potem dodaj nowy.'],
    ['Diesen haben Sie schon', 'Entfernen Sie zuerst den vorhandenen und fügen Sie dann den neuen hinzu.'],
  ],
  methods_empty: [
    [
      'No method would be left',
      'This choice and what the account or the operator allows have no method in common.',
    ],
    [
      'Nie pozostałaby żadna metoda',
      'Ten wybór i to, na co pozwala konto lub operator, nie mają wspólnej metody.',
    ],
    [
      'Es bliebe kein Verfahren übrig',
      'Diese Wahl und das, was Konto oder Betreiber erlauben, haben kein Verfahren gemeinsam.',
    ],
  ],
  no_factor: [
    ['Add a factor first', 'Recovery codes replace a factor; without one there is nothing to replace.'],
    ['Najpierw dodaj składnik', 'Kody odzyskiwania zastępują składnik; bez niego nie ma czego zastępować.'],
    [
      'Fügen Sie zuerst einen Faktor hinzu',
      'Wiederherstellungscodes ersetzen einen Faktor; ohne ihn gibt es nichts zu ersetzen.',
    ],
  ],
  not_device_bound: [
    [
      'This passkey can be copied',
      'Your account asks owners for a passkey that stays on one device, such as a security key.',
    ],
    [
      'Ten klucz dostępu można skopiować',
      'Twoje konto wymaga od właścicieli klucza, który zostaje na jednym urządzeniu, np. klucza sprzętowego.',
    ],
    [
      'Dieser Passkey lässt sich kopieren',
      'Ihr Konto verlangt von Inhabern einen Passkey, der auf einem Gerät bleibt, etwa einen Sicherheitsschlüssel.',
    ],
  ],
  not_limited: [
    ['There is nothing to lift', 'No session of this user is limited after a reset.'],
    ['Nie ma czego znosić', 'Żadna sesja tego użytkownika nie jest ograniczona po resecie.'],
    [
      'Es gibt nichts aufzuheben',
      'Keine Sitzung dieses Benutzers ist nach einer Zurücksetzung eingeschränkt.',
    ],
  ],
  self_approval: [
    ['Somebody else must decide', 'Neither who asked nor whom it is about may decide this request.'],
    [
      'Zdecydować musi ktoś inny',
      'O tym wniosku nie może decydować ani wnioskujący, ani osoba, której dotyczy.',
    ],
    [
      'Jemand anderes muss entscheiden',
      'Weder wer den Antrag stellte noch wen er betrifft, darf darüber entscheiden.',
    ],
  ],
}
