package dev.handfast.xa.internal.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonTest {

  private static final int CASES = 20_000;

  /** Any value: strings of any UTF-16 code units among them, halves of characters as well. */
  private static @Nullable Object any(SplittableRandom random, int depth) {
    return switch (random.nextInt(depth == 0 ? 4 : 6)) {
      case 0 -> null;
      case 1 -> random.nextBoolean();
      case 2 -> random.nextLong() >> random.nextInt(64);
      case 3 -> text(random);
      case 4 -> {
        List<@Nullable Object> list = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          list.add(any(random, depth - 1));
        }
        yield list;
      }
      default -> {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          map.put(text(random), any(random, depth - 1));
        }
        yield map;
      }
    };
  }

  private static String text(SplittableRandom random) {
    char[] text = new char[random.nextInt(12)];
    for (int i = 0; i < text.length; i++) {
      text[i] = (char) random.nextInt(random.nextBoolean() ? 0x80 : 0x10000);
    }
    return new String(text);
  }

  @Test
  void readsWhatItWroteAndWritesNoControlCharacter() throws JsonException {
    for (int seed = 0; seed < CASES; seed++) {
      Object value = any(new SplittableRandom(seed), 4);

      String text = JsonWriter.write(value);

      assertThat(JsonReader.read(text)).as("seed %d: %s", seed, text).isEqualTo(value);
      assertThat(text.chars().filter(Character::isISOControl)).isEmpty();
      assertThat(text).doesNotContain("\u2028", "\u2029", "\u202e");
    }
  }

  /** Whatever is done to a text, it is read or refused, and nothing else happens. */
  @Test
  void refusesOrReadsWhatIsDamaged() {
    int refused = 0;
    for (int seed = 0; seed < CASES; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      StringBuilder text = new StringBuilder(JsonWriter.write(any(random, 4)));
      for (int i = random.nextInt(3); i >= 0; i--) {
        int at = random.nextInt(text.length());
        switch (random.nextInt(3)) {
          case 0 -> text.setCharAt(at, "{}[]\",:\\u0-1etfn ".charAt(random.nextInt(17)));
          case 1 -> text.insert(at, text.charAt(random.nextInt(text.length())));
          default -> text.setLength(Math.max(1, at));
        }
      }
      try {
        Object read = JsonReader.read(text.toString());
        assertThat(JsonReader.read(JsonWriter.write(read))).isEqualTo(read);
      } catch (JsonException e) {
        refused++;
        assertThat(e).hasMessageContaining("Expected at character");
      }
    }
    assertThat(refused).isBetween(CASES / 10, CASES);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "[1",
        "\"",
        "\"\\",
        "\"\\x\"",
        "\"\\u12g4\"",
        "\"\\u+123\"",
        "\"a\nb\"",
        "01",
        "-",
        "1.5",
        "1e3",
        "9223372036854775808",
        "tru",
        "nul",
        "1 2",
        "{\"a\":1,\"a\":2}",
        "{a:1}",
        "[1,]",
        "{\"a\":1,}",
        "'a'",
        "NaN",
        "\u00a01"
      })
  void refuses(String text) {
    assertThatExceptionOfType(JsonException.class).isThrownBy(() -> JsonReader.read(text));
  }

  @Test
  void refusesDeepNestingInsteadOfOverflowing() {
    char[] open = new char[1_000_000];
    Arrays.fill(open, '[');

    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(() -> JsonReader.read(new String(open)))
        .withMessageContaining("nesting");
  }

  @Test
  void readsWhatOthersWrite() throws JsonException {
    assertThat(
            JsonReader.read(" { \"a\" : [ 1 , -2 , true , null ] , \"\\u00e9\\/\" : \"\\b\\f\" } "))
        .isEqualTo(Map.of("a", Arrays.asList(1L, -2L, true, null), "é/", "\b\f"));
  }
}
