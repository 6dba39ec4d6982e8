-- AlterTable
ALTER TABLE "file" ADD COLUMN     "plan_version" INTEGER;
