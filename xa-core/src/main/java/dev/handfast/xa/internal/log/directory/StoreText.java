package dev.handfast.xa.internal.log.directory;

import dev.handfast.xa.config.NodeName;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of the file {@code store}, format 2: a line for each thing, a word and what belongs to
 * it, and last the CRC32C of all bytes before. Whatever is not exactly so is damaged.
 */
final class StoreText {

  static final String FORMAT = "handfast-log 2";

  private static final String VERSION = "version ";
  private static final String NODE = "node ";
  private static final String STORE = "id ";
  private static final String START = "start ";
  private static final String STARTING = "starting ";
  private static final String MIGRATING = "slots-of-format 1";
  private static final String DISTRUSTED = "distrusted ";
  private static final String BECAUSE = "because ";
  private static final String RESOURCE = "resource ";
  private static final String CRC = "crc32c ";
  private static final int CRC_LINE = CRC.length() + 2 * Integer.BYTES + 1;

  private StoreText() {}

  static byte[] bytes(StoreState state) {
    StringBuilder text = new StringBuilder(FORMAT).append('\n');
    line(text, VERSION, String.valueOf(state.version()));
    line(text, NODE, state.node().value());
    line(text, STORE, state.storeId());
    if (state.migrating()) {
      line(text, MIGRATING, "");
    }
    state.starts().forEach(start -> line(text, START, hex(start)));
    if (state.starting() != StoreState.NONE) {
      line(text, STARTING, hex(state.starting()));
    }
    state.distrust().reasons().forEach(reason -> line(text, BECAUSE, reason));
    state.distrust().starts().forEach(start -> line(text, DISTRUSTED, hex(start)));
    state.resources().values().forEach(resource -> line(text, RESOURCE, resource.line()));
    byte[] before = text.toString().getBytes(StandardCharsets.UTF_8);
    line(text, CRC, hex(crc(before, before.length)));
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void line(StringBuilder text, String word, String rest) {
    text.append(word).append(rest.replace('\n', ' ').replace('\r', ' ')).append('\n');
  }

  private static String hex(int number) {
    return HexFormat.of().toHexDigits(number);
  }

  private static int crc(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }

  /** Whether the bytes claim to be of this format. */
  static boolean isOfThisFormat(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1).startsWith(FORMAT + "\n");
  }

  /** The state, or null if the bytes are damaged. */
  static @Nullable StoreState state(byte[] bytes) {
    int end = bytes.length - CRC_LINE;
    if (end <= 0) {
      return null;
    }
    String sum = CRC + hex(crc(bytes, end)) + "\n";
    if (!sum.equals(new String(bytes, end, CRC_LINE, StandardCharsets.ISO_8859_1))) {
      return null;
    }
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, end)).toString();
      return new Parser().state(text);
    } catch (CharacterCodingException | IllegalArgumentException e) {
      return null;
    }
  }

  private static final class Parser {

    private final Map<String, String> single = new HashMap<>();
    private final List<Integer> starts = new ArrayList<>();
    private final Set<Integer> distrusted = new LinkedHashSet<>();
    private final Set<String> reasons = new LinkedHashSet<>();
    private final Map<String, RecordedResource> resources = new HashMap<>();
    private boolean migrating;

    StoreState state(String text) {
      List<String> lines = text.lines().toList();
      if (!lines.get(0).equals(FORMAT)) {
        throw new IllegalArgumentException(lines.get(0));
      }
      lines.subList(1, lines.size()).forEach(this::read);
      return new StoreState(
          Long.parseLong(required(VERSION)),
          new NodeName(required(NODE)),
          required(STORE),
          starts,
          single.containsKey(STARTING) ? start(required(STARTING)) : StoreState.NONE,
          migrating,
          new Distrust(distrusted, reasons),
          resources);
    }

    private void read(String line) {
      if (line.equals(MIGRATING)) {
        migrating = true;
        return;
      }
      String word = line.substring(0, line.indexOf(' ') + 1);
      String rest = line.substring(word.length());
      switch (word) {
        case START -> starts.add(start(rest));
        case DISTRUSTED -> distrusted.add(start(rest));
        case BECAUSE -> reasons.add(rest);
        case RESOURCE -> {
          RecordedResource resource = RecordedResource.of(rest);
          if (resource == null) {
            throw new IllegalArgumentException(line);
          }
          resources.put(resource.name(), resource);
        }
        case VERSION, NODE, STORE, STARTING -> single.put(word, rest);
        default -> throw new IllegalArgumentException(line);
      }
    }

    private static int start(String hex) {
      return HexFormat.fromHexDigits(hex);
    }

    private String required(String word) {
      String rest = single.get(word);
      if (rest == null) {
        throw new IllegalArgumentException(word);
      }
      return rest;
    }
  }
}
