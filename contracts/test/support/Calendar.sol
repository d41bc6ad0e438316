// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice The Gregorian calendar by counting: year after year and month after month, with no formula. Months from 0
/// (January), days from 1.
library Calendar {
    function isLeap(uint256 year) internal pure returns (bool) {
        if (year % 400 == 0) return true;
        if (year % 100 == 0) return false;
        return year % 4 == 0;
    }

    function daysIn(uint256 year, uint256 month) internal pure returns (uint256) {
        if (month == 1) return isLeap(year) ? 29 : 28;
        return month == 3 || month == 5 || month == 8 || month == 10 ? 30 : 31;
    }

    /// @notice Midnight UTC in Unix seconds.
    function timeOf(uint256 year, uint256 month, uint256 day) internal pure returns (uint256) {
        uint256 sum = day - 1;
        for (uint256 y = 1970; y < year; y++) {
            sum += isLeap(y) ? 366 : 365;
        }
        for (uint256 m = 0; m < month; m++) {
            sum += daysIn(year, m);
        }
        return sum * 1 days;
    }

    function dateOf(uint256 time) internal pure returns (uint256 year, uint256 month, uint256 day) {
        (year, day) = (1970, time / 1 days);
        for (uint256 length = 365; day >= length; length = isLeap(year) ? 366 : 365) {
            day -= length;
            year++;
        }
        while (day >= daysIn(year, month)) {
            day -= daysIn(year, month);
            month++;
        }
        day++;
    }

    /// @notice The same day and time of day so many months later, or the last day of a month that has no such day.
    function monthsAfter(uint256 anchor, uint256 months) internal pure returns (uint256) {
        (uint256 year, uint256 month, uint256 day) = dateOf(anchor);
        for (uint256 i = 0; i < months; i++) {
            month++;
            if (month == 12) (year, month) = (year + 1, 0);
        }
        uint256 last = daysIn(year, month);
        return timeOf(year, month, day < last ? day : last) + anchor % 1 days;
    }
}
