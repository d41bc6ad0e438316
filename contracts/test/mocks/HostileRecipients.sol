// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IQBitFlowCheckout, Terms} from "../../src/interfaces/IQBitFlowCheckout.sol";

contract RevertingRecipient {
    receive() external payable {
        revert("no");
    }
}

contract GasBurningRecipient {
    receive() external payable {
        while (true) {}
    }
}

/// @notice Answers with a megabyte, which a caller that copies it would pay for.
contract LongAnswerRecipient {
    receive() external payable {
        assembly {
            revert(0, 1000000)
        }
    }
}

/// @notice Pays again from inside a payment, with its own money or with what it hopes lies in the contract.
contract ReenteringRecipient {
    IQBitFlowCheckout private immutable checkout;
    Terms private terms;
    uint256 private value;
    bool public entered;
    bool public succeeded;

    constructor(IQBitFlowCheckout target) {
        checkout = target;
    }

    function plan(Terms calldata next, uint256 nextValue) external {
        terms = next;
        value = nextValue;
    }

    receive() external payable {
        if (entered) return;
        entered = true;
        (succeeded,) = address(checkout).call{value: value}(abi.encodeCall(checkout.payNative, (terms)));
    }
}
