package dev.handfast.examples.orders.demo;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * How processes are to be killed.
 *
 * @param count how often, unless by hand
 * @param byHand whether the viewer does it
 */
record Crashes(int count, boolean byHand) {

  static final int MOST = 100;

  private static final String BY_HAND = "by-hand";

  /** Reads the option's value. */
  static final class Converter implements ITypeConverter<Crashes> {

    @Override
    public Crashes convert(String value) {
      if (value.equals(BY_HAND)) {
        return new Crashes(0, true);
      }
      try {
        int count = Integer.parseInt(value);
        if (count >= 0 && count <= MOST) {
          return new Crashes(count, false);
        }
      } catch (NumberFormatException e) {
        // told below
      }
      throw new TypeConversionException(
          "'" + value + "' is neither a number from 0 to " + MOST + " nor " + BY_HAND);
    }
  }
}
