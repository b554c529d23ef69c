type Words = readonly [title: string, detail: string]

/** What is said about entries of the list of addresses, in English, Polish and German (security.md §2.3, §2.6). */
export const addressProblems: Readonly<Record<string, readonly [en: Words, pl: Words, de: Words]>> = {
  bad_address: [
    ['This is not an address', 'Write an address like 203.0.113.7, or a network like 203.0.113.0/24.'],
    ['To nie jest adres', 'Wpisz adres, np. 203.0.113.7, albo sieć, np. 203.0.113.0/24.'],
    ['Das ist keine Adresse', 'Schreiben Sie eine Adresse wie 203.0.113.7 oder ein Netz wie 203.0.113.0/24.'],
  ],
  host_bits_set: [
    [
      'The address does not begin the network',
      'Write the first address of the network; the suggestion does.',
    ],
    ['Adres nie jest początkiem sieci', 'Wpisz pierwszy adres sieci, jak w podpowiedzi.'],
    [
      'Die Adresse ist nicht der Anfang des Netzes',
      'Schreiben Sie die erste Adresse des Netzes, wie im Vorschlag.',
    ],
  ],
  mask_not_contiguous: [
    ['This is not an IP mask', 'The ones of a mask stand together, as in 255.255.255.0.'],
    ['To nie jest maska IP', 'Jedynki maski stoją obok siebie, jak w 255.255.255.0.'],
    ['Das ist keine IP-Maske', 'Die Einsen einer Maske stehen zusammen, wie in 255.255.255.0.'],
  ],
  range_invalid: [
    ['The range is not valid', 'It runs from the lower to the higher address of one family.'],
    ['Nieprawidłowy zakres', 'Zakres biegnie od niższego do wyższego adresu jednej rodziny.'],
    ['Der Bereich ist ungültig', 'Er läuft von der niedrigeren zur höheren Adresse einer Familie.'],
  ],
  mapped_prefix: [
    ['This network would hold every IPv4 address', 'A mapped network needs a prefix of at least 96.'],
    ['Ta sieć objęłaby wszystkie adresy IPv4', 'Sieć mapowana wymaga prefiksu co najmniej 96.'],
    [
      'Dieses Netz enthielte jede IPv4-Adresse',
      'Ein abgebildetes Netz braucht ein Präfix von mindestens 96.',
    ],
  ],
  embedded_ipv4: [
    ['This form hides an IPv4 address', 'Enter the IPv4 address itself.'],
    ['Ten zapis ukrywa adres IPv4', 'Wpisz sam adres IPv4.'],
    ['Diese Form verbirgt eine IPv4-Adresse', 'Geben Sie die IPv4-Adresse selbst ein.'],
  ],
  reserved_address: [
    ['Nobody calls from this address', 'It is reserved, link-local or multicast.'],
    ['Nikt nie łączy się z tego adresu', 'Jest zarezerwowany, lokalny dla łącza lub multicastowy.'],
    ['Von dieser Adresse ruft niemand an', 'Sie ist reserviert, verbindungslokal oder Multicast.'],
  ],
  private_address: [
    [
      'Private addresses do not work here',
      'People reach this installation over the internet; enter their public address.',
    ],
    [
      'Adresy prywatne tu nie działają',
      'Ludzie łączą się z tą instalacją przez internet; wpisz ich adres publiczny.',
    ],
    [
      'Private Adressen wirken hier nicht',
      'Diese Installation wird über das Internet erreicht; geben Sie die öffentliche Adresse ein.',
    ],
  ],
  too_wide: [
    [
      'This is too wide',
      'At most a /8 (IPv6: /32), and the whole list below a quarter of all IPv4 addresses.',
    ],
    ['To zbyt szeroko', 'Najwyżej /8 (IPv6: /32), a cała lista poniżej jednej czwartej adresów IPv4.'],
    [
      'Das ist zu weit',
      'Höchstens ein /8 (IPv6: /32), die ganze Liste unter einem Viertel aller IPv4-Adressen.',
    ],
  ],
  would_lock_out_caller: [
    [
      'This would shut you out',
      'Your present address would be outside the list, now or later. Add it first.',
    ],
    [
      'To odcięłoby Ci dostęp',
      'Twój obecny adres znalazłby się poza listą, teraz albo później. Najpierw go dodaj.',
    ],
    [
      'Damit sperren Sie sich aus',
      'Ihre jetzige Adresse läge jetzt oder später außerhalb der Liste. Fügen Sie sie zuerst hinzu.',
    ],
  ],
  list_empty: [
    ['There is nothing to enforce', 'Add an entry, or a list to a role, first.'],
    ['Nie ma czego wymuszać', 'Najpierw dodaj wpis albo listę roli.'],
    ['Es gibt nichts durchzusetzen', 'Fügen Sie zuerst einen Eintrag oder eine Liste einer Rolle hinzu.'],
  ],
  confirm_required: [
    ['This opens the account to every network', 'Say so explicitly: confirm=open.'],
    ['To otwiera konto dla każdej sieci', 'Potwierdź to wyraźnie: confirm=open.'],
    ['Das öffnet das Konto für jedes Netz', 'Bestätigen Sie es ausdrücklich: confirm=open.'],
  ],
  expiry_invalid: [
    ['The end must lie in the future', 'Choose a later time.'],
    ['Koniec musi leżeć w przyszłości', 'Wybierz późniejszy czas.'],
    ['Das Ende muss in der Zukunft liegen', 'Wählen Sie eine spätere Zeit.'],
  ],
  expiry_last_entry: [
    ['One entry must stay for good', 'At least one live entry for the panel must have no end.'],
    ['Jeden wpis musi zostać na stałe', 'Co najmniej jeden ważny wpis dla panelu nie może mieć końca.'],
    [
      'Ein Eintrag muss dauerhaft bleiben',
      'Mindestens ein gültiger Eintrag für die Konsole darf kein Ende haben.',
    ],
  ],
  limit: [
    ['The limit is reached', 'Remove something that is no longer needed.'],
    ['Limit został osiągnięty', 'Usuń coś, co nie jest już potrzebne.'],
    ['Die Grenze ist erreicht', 'Entfernen Sie etwas, das nicht mehr gebraucht wird.'],
  ],
  ip_not_authorized: [
    ['Your network is not authorised', 'The account may be used from listed addresses only.'],
    ['Twoja sieć nie jest dopuszczona', 'Z konta można korzystać tylko z adresów na liście.'],
    ['Ihr Netz ist nicht zugelassen', 'Das Konto darf nur von Adressen auf der Liste benutzt werden.'],
  ],
  strong_factor_required: [
    ['A stronger factor is needed', 'Add an authenticator app or a passkey first.'],
    ['Potrzebny silniejszy składnik', 'Najpierw dodaj aplikację uwierzytelniającą albo klucz dostępu.'],
    ['Ein stärkerer Faktor ist nötig', 'Fügen Sie zuerst eine Authenticator-App oder einen Passkey hinzu.'],
  ],
}
