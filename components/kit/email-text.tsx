/** An e-mail address that breaks after its @ where it does not fit on one line. */
export function EmailText({ email }: { readonly email: string }) {
  const at = email.indexOf("@") + 1;
  return (
    <span style={{ overflowWrap: "anywhere" }}>
      {email.slice(0, at)}
      <wbr />
      {email.slice(at)}
    </span>
  );
}
