"use client";

/** The last resort, when even the frame fails, as without a database. It needs nothing but the browser. */
export default function GlobalError({ reset }: { readonly error: Error; readonly reset: () => void }) {
  return (
    <html lang="en">
      <head>
        <title>Not available · Countervail</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
      </head>
      <body
        style={{ fontFamily: "system-ui, sans-serif", maxWidth: "34rem", margin: "16vh auto", padding: "0 1.25rem" }}
      >
        <main>
          <h1 style={{ fontSize: "1.375rem" }}>Countervail is not available</h1>
          <p>The server could not put the page together. Nothing that was saved is lost. Try again in a moment.</p>
          <button type="button" onClick={reset} style={{ font: "inherit", padding: "0.5rem 1rem" }}>
            Try again
          </button>
        </main>
      </body>
    </html>
  );
}
