package dev.handfast.examples.orders.demo;

import java.io.PrintWriter;
import java.util.Locale;

/** The viewer's screen: lines, and below them a progress bar that is drawn in place. */
final class Terminal {

  private static final int BAR = 40;

  private final PrintWriter out;
  private final boolean live;
  private int done;
  private int total;
  private boolean drawn;
  private String note = "";

  /**
   * A screen.
   *
   * @param live whether what was drawn can be drawn over; otherwise the bar is shown at each tenth
   */
  Terminal(PrintWriter out, boolean live) {
    this.out = out;
    this.live = live;
  }

  boolean isLive() {
    return live;
  }

  void line(String text) {
    erase();
    out.println(text);
    if (live && total > 0 && done < total) {
      draw();
    }
    out.flush();
  }

  /** Says something beside the bar until the next progress. */
  void note(String text) {
    note = ", " + text;
    if (live && total > 0) {
      erase();
      draw();
      out.flush();
    }
  }

  void progress(int nowDone, int ofTotal) {
    boolean tenth = nowDone * 10L / ofTotal != done * 10L / Math.max(1, total) || ofTotal != total;
    done = nowDone;
    total = ofTotal;
    note = "";
    if (live) {
      erase();
      draw();
    } else if (tenth) {
      out.println(bar());
    }
    out.flush();
  }

  /** Leaves the bar where it is; what follows goes below it. */
  void endProgress() {
    if (drawn) {
      out.println();
    }
    drawn = false;
    total = 0;
  }

  private void erase() {
    if (drawn) {
      out.print("\r\u001b[2K");
      drawn = false;
    }
  }

  private void draw() {
    out.print(bar() + note);
    drawn = true;
  }

  private String bar() {
    int filled = (int) (BAR * (long) done / total);
    return String.format(
        Locale.ROOT,
        "[%s%s] %d/%d booked",
        "#".repeat(filled),
        "-".repeat(BAR - filled),
        done,
        total);
  }
}
