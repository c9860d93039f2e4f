package dev.handfast.examples.orders.input;

import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/**
 * One line of the file by itself, good in every column.
 *
 * @param position its number in the file
 */
record ParsedLine(
    int position,
    String invoice,
    LocalDateTime date,
    @Nullable Integer customer,
    String country,
    OrderLine line) {}
