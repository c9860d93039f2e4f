package dev.handfast.examples.orders.demo;

import java.io.PrintWriter;
import java.util.Locale;

/** The viewer's screen: lines, and below them a progress bar that is drawn in place. */
final class Terminal {

  private static final int BAR = 40;

  private final PrintWriter out;
  private final boolean live;
  private int booked;
  private int shipped;
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
    if (live && total > 0 && shipped < total) {
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

  void progress(int nowBooked, int nowShipped, int ofTotal) {
    int before = tenth();
    booked = nowBooked;
    shipped = nowShipped;
    boolean first = total != ofTotal;
    total = ofTotal;
    note = "";
    if (live) {
      erase();
      draw();
    } else if (first || tenth() != before) {
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

  private int tenth() {
    return total == 0 ? 0 : (int) (10L * (booked + shipped) / (2L * total));
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
    int hashes = filled(shipped);
    int dashes = Math.max(0, filled(booked) - hashes);
    return String.format(
        Locale.ROOT,
        "[%s%s%s] %d/%d booked, %d shipped",
        "#".repeat(hashes),
        "=".repeat(dashes),
        "-".repeat(BAR - hashes - dashes),
        booked,
        total,
        shipped);
  }

  /** Without Handfast there may be more than there should be. */
  private int filled(int count) {
    return (int) (BAR * (long) Math.min(count, total) / total);
  }
}
