import { describe, expect, test } from "vitest";
import { languageOf, readsAsEnglish } from "@/lib/domain/rigour/words/language";

describe("the language of a text", () => {
  test.each([
    "AWS IAM and the KMS API offer the customer no setting for a lock after failed attempts.",
    "The offices concerned are Łódź, Αθήνα (Ελλάδα) and Київ, and all of them work under the same plan.",
    "No setting exists; this was confirmed by the vendor.",
    "Any sign-in of bg-01, good or bad, pages the alarm centre.",
    "Between the fifth failure and the lock there are seconds in which more is possible.",
  ])("is English: %s", (text) => expect(languageOf(text)).toBe("english"));

  test.each([
    "Der Anbieter hat keine Einstellung, die einen Benutzer nach Fehlversuchen sperrt.",
    "Le fournisseur ne propose pas de réglage pour bloquer un compte après des échecs.",
    "El proveedor no ofrece ninguna opción para bloquear la cuenta después de los fallos.",
    "Il fornitore non offre una impostazione per bloccare gli utenti dopo i tentativi.",
    "O fornecedor não oferece uma opção para bloquear a conta depois das falhas.",
    "De leverancier heeft geen instelling die een gebruiker na mislukte pogingen blokkeert.",
    "Dostawca nie oferuje ustawienia, które blokuje konto po nieudanych próbach, i nie jest to możliwe.",
    "Leverantören har ingen inställning som låser en användare efter försök och det är inte möjligt.",
    "Poskytovatel nemá nastavení, které by účet po chybných pokusech zamklo, a není to možné.",
    "Постачальник не має налаштування, яке блокує користувача.",
    "Ο πάροχος δεν προσφέρει ρύθμιση που να κλειδώνει τον χρήστη.",
    "予算がないため、今年は実施できません。",
    "لا يوفر المزود إعدادًا لقفل المستخدم",
    "제공자는 사용자를 잠그는 설정을 제공하지 않습니다",
    "Zu teuer für uns.",
  ])("is another one: %s", (text) => expect(languageOf(text)).toBe("other"));

  test.each(["", "123 456", "bg-01, bg-02", "kms:Decrypt", "Too expensive."])("cannot be told: %s", (text) =>
    expect(languageOf(text)).toBe("unclear"),
  );

  test("a short Latin text counts as English for want of better, a long one does not", () => {
    expect(readsAsEnglish("Too expensive.")).toBe(true);
    expect(readsAsEnglish("foo bar baz qux quux corge grault garply waldo fred plugh xyzzy thud")).toBe(false);
  });
});
