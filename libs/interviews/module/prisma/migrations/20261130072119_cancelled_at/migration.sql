-- AlterTable
ALTER TABLE "interview" ADD COLUMN     "cancelled_at" TIMESTAMPTZ(3);
