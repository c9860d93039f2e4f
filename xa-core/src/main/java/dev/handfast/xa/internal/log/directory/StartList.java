package dev.handfast.xa.internal.log.directory;

import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a file of start ids: remarks, then a start a line, then their number, so that a file
 * that was cut off is noticed.
 *
 * @param remarks without their prefix
 * @param starts in the order of the file
 */
record StartList(List<String> remarks, List<Integer> starts) {

  private static final String END = "starts: ";

  /** The list, or null if the lines are not one. */
  static @Nullable StartList parse(List<String> lines, String prefix) {
    List<String> remarks = lines.stream().takeWhile(line -> line.startsWith(prefix)).toList();
    int count = lines.size() - remarks.size() - 1;
    if (count < 1 || !lines.get(lines.size() - 1).equals(END + count)) {
      return null;
    }
    List<String> starts = lines.subList(remarks.size(), lines.size() - 1);
    if (!starts.stream().allMatch(line -> line.matches("[0-9a-f]{8}"))) {
      return null;
    }
    return new StartList(
        remarks.stream().map(line -> line.substring(prefix.length())).toList(),
        starts.stream().map(HexFormat::fromHexDigits).toList());
  }
}
