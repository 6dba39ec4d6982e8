-- AlterTable
ALTER TABLE "profile" ADD COLUMN     "discoverable" BOOLEAN NOT NULL DEFAULT true;
