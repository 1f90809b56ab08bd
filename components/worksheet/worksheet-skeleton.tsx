import { Skeleton, Stack, VisuallyHidden } from "@mantine/core";
import classes from "@/components/worksheet/worksheet.module.css";

const SECTIONS = ["first", "second", "third"];

/** The three columns of a worksheet while it loads. */
export function WorksheetSkeleton() {
  return (
    <div aria-busy="true">
      <VisuallyHidden role="status">Loading…</VisuallyHidden>
      <Skeleton height={20} width="min(18rem, 60%)" mb={10} />
      <Skeleton height={26} width="min(30rem, 85%)" mb={10} />
      <Skeleton height={14} width="min(24rem, 75%)" mb="xl" />
      <div className={classes.columns}>
        <div className={classes.left}>
          <Stack gap={8}>
            {["a", "b", "c", "d", "e", "f"].map((line) => (
              <Skeleton key={line} height={30} />
            ))}
          </Stack>
        </div>
        <Stack gap="xl" className={classes.document}>
          {SECTIONS.map((section) => (
            <div key={section}>
              <Skeleton height={20} width="45%" mb={10} />
              <Skeleton height={150} />
            </div>
          ))}
        </Stack>
        <div className={classes.right}>
          <Skeleton height={320} />
        </div>
      </div>
    </div>
  );
}
