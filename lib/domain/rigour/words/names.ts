/** What people call an item: its label, or else its title, or what it is. */
export function nameOf(item: { readonly label: string; readonly title?: string }, otherwise = "A control"): string {
  return item.label.trim() || item.title?.trim() || otherwise;
}
