// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice Sends on a call that was prepared, as whoever can be made to call it from within a transfer.
contract Forwarder {
    address private target;
    bytes private data;
    bool public called;
    bool public succeeded;
    bytes public answer;

    function prepare(address newTarget, bytes calldata newData) external {
        (target, data, called, succeeded) = (newTarget, newData, false, false);
    }

    fallback() external {
        if (target == address(0)) return;
        address once = target;
        target = address(0);
        called = true;
        (succeeded, answer) = once.call(data);
    }
}
