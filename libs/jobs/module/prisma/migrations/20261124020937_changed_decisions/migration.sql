-- AlterTable
ALTER TABLE "application" ADD COLUMN     "decision_changed_at" TIMESTAMPTZ(3),
ADD COLUMN     "decision_changed_by" UUID,
ADD COLUMN     "decision_changed_to" TEXT;
