package dev.handfast.xa.internal.log.directory;

import dev.handfast.xa.internal.platform.Platform;
import java.util.Collection;

/** The random ids of a store and of its starts. */
public final class StoreIds {

  private static final String BASE_32 = "abcdefghijklmnopqrstuvwxyz234567";
  private static final int LENGTH = 6;

  private StoreIds() {}

  static String newStoreId(Platform platform) {
    StringBuilder id = new StringBuilder();
    for (int i = 0; i < LENGTH; i++) {
      id.append(BASE_32.charAt(platform.randomInt(BASE_32.length())));
    }
    return id.toString();
  }

  static boolean isStoreId(String text) {
    return text.length() == LENGTH && text.chars().allMatch(c -> BASE_32.indexOf(c) >= 0);
  }

  /** 31 random bits, never 0. */
  static int newStartId(Collection<Integer> taken, Platform platform) {
    int id;
    do {
      id = platform.randomInt() & Integer.MAX_VALUE;
    } while (id == StoreState.NONE || taken.contains(id));
    return id;
  }
}
