package dev.handfast.xa.testkit.crash;

/** Counts from 1 to the number it is told, and ends with 3 where there is nothing to count. */
final class CountingMain {

  private CountingMain() {}

  public static void main(String[] args) throws InterruptedException {
    CrashChild child = CrashChild.attach();
    while (true) {
      int last = Integer.parseInt(child.next());
      for (int i = 1; i <= last; i++) {
        count(i);
      }
      if (last == 0) {
        System.err.println("nothing to count");
        System.exit(3);
      }
      child.answer("counted " + last);
    }
  }

  private static int count(int number) {
    return number;
  }
}
