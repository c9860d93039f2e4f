package dev.handfast.xa.internal.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the key or environment variable that was probably meant. */
final class NearestKey {

  /** The fraction of the longer text that may differ. */
  private static final double TOLERANCE = 0.4;

  private static final int SHORTEST_PART = 3;
  private static final int LONGEST = 200;

  private NearestKey() {}

  static Optional<String> to(String given, Collection<String> candidates) {
    if (given.length() > LONGEST) {
      return Optional.empty();
    }
    return candidates.stream()
        .min(Comparator.comparingInt(candidate -> distance(given, candidate)))
        .filter(candidate -> isNear(given, candidate));
  }

  private static boolean isNear(String given, String candidate) {
    int shared = sharedSegments(given, candidate);
    int longer = Math.max(given.length(), candidate.length()) - shared;
    return distance(given, candidate) <= Math.max(2, (int) (longer * TOLERANCE));
  }

  /** The edit distance behind the segments both share; one if a key was only cut short. */
  private static int distance(String given, String candidate) {
    int shared = sharedSegments(given, candidate);
    String a = given.substring(shared).toLowerCase(Locale.ROOT);
    String b = candidate.substring(shared).toLowerCase(Locale.ROOT);
    boolean cut = a.length() >= SHORTEST_PART && (b.startsWith(a) || b.endsWith(a));
    return cut && !a.equals(b) ? 1 : edits(a, b);
  }

  private static int sharedSegments(String a, String b) {
    int shared = 0;
    for (int i = 0; i < Math.min(a.length(), b.length()) && a.charAt(i) == b.charAt(i); i++) {
      if (a.charAt(i) == '.') {
        shared = i + 1;
      }
    }
    return shared;
  }

  /** Counts the insertions, deletions, replacements and swaps of neighbours. */
  private static int edits(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        d[i][j] = i == 0 || j == 0 ? i + j : cheapest(d, a, b, i, j);
      }
    }
    return d[a.length()][b.length()];
  }

  private static int cheapest(int[][] d, String a, String b, int i, int j) {
    boolean same = a.charAt(i - 1) == b.charAt(j - 1);
    int best = Math.min(d[i - 1][j - 1] + (same ? 0 : 1), Math.min(d[i - 1][j], d[i][j - 1]) + 1);
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(best, d[i - 2][j - 2] + 1) : best;
  }
}
