-- AlterTable
ALTER TABLE "take" ADD COLUMN     "late" BOOLEAN NOT NULL DEFAULT false;

-- Until now they were told apart by nothing but what their candidate reads.
UPDATE "take" SET "late" = true
WHERE "status" = 'failed' AND "reason" = 'It had not been uploaded when the interview was submitted.';
